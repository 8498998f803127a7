// The pixels of a PNG, both in base64: a browser is the PNG reader that is already here.
async (png) => {
  const image = new Image()
  image.src = `data:image/png;base64,${png}`
  await image.decode()
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight)
  const context = canvas.getContext("2d")
  context.drawImage(image, 0, 0)
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height)
  const reader = new FileReader()
  await new Promise((done) => {
    reader.onload = done
    reader.readAsDataURL(new Blob([data]))
  })
  return { width, height, rgba: reader.result.split(",")[1] }
}
