// The floor of any page that reads a file: its slices of 4 MiB, read by as many workers as Driftline's page has.

const workers = Array.from(
  { length: Math.max(1, Math.min(4, navigator.hardwareConcurrency || 1)) },
  () => new Worker("floor-worker.js"),
);
const input = document.querySelector("#input");

globalThis.ready = Promise.resolve();
globalThis.measured = new Promise((resolve, reject) => {
  input.addEventListener("change", async () => {
    const [file] = input.files;
    const from = performance.now();
    const share = Math.ceil(file.size / workers.length);
    await Promise.all(
      workers.map(
        (worker, i) =>
          new Promise((done) => {
            worker.onmessage = done;
            worker.onerror = reject;
            worker.postMessage({ file, start: i * share, end: Math.min((i + 1) * share, file.size) });
          }),
      ),
    );
    resolve({ ms: performance.now() - from });
  });
});
