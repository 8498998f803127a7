verimath new falling --lang fr
