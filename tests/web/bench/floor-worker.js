const reader = new FileReaderSync();

self.onmessage = ({ data: { file, start, end } }) => {
  let bytes = 0;
  for (let at = start; at < end; at += 4 << 20)
    bytes += reader.readAsArrayBuffer(file.slice(at, Math.min(at + (4 << 20), end))).byteLength;
  self.postMessage(bytes);
};
