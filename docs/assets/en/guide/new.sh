verimath new falling
