// The bytes of a file from an offset on, unit by unit. An empty unit is the last where the file has nothing there.
import { unreadable } from "../failure";

/* As much as browsers read ahead. */
const UNIT = 2 << 20;

/* What only a pending read knows of, Chromium takes for garbage, stream and all, and the read never ends. */
const reading = new Set<ReadableStreamBYOBReader>();

/**
 * The units from an offset on; of each the bytes are good until the next is asked for. One buffer is read into again and
 * again where the browser can: what it would make anew for each it holds much longer than it is needed.
 */
export async function* units(file: File, from: number): AsyncGenerator<Uint8Array> {
  try {
    yield* from < file.size ? streamed(file.slice(from)) : [new Uint8Array()];
  } catch (error) {
    // No room for the bytes says nothing about the file.
    throw error instanceof RangeError ? error : unreadable(file);
  }
}

async function* streamed(blob: Blob): AsyncGenerator<Uint8Array> {
  let reader;
  try {
    reader = blob.stream().getReader({ mode: "byob" });
  } catch {
    return yield* sliced(blob);
  }
  reading.add(reader);
  try {
    let buffer = new ArrayBuffer(UNIT);
    for (let at = 0; at < blob.size; ) {
      const { value, done } = await reader.read(new Uint8Array(buffer), { min: Math.min(UNIT, blob.size - at) });
      if (done) throw new Error("the file ends early");
      at += value.length;
      yield value;
      buffer = value.buffer;
    }
  } finally {
    reading.delete(reader);
    reader.cancel().catch(() => {});
  }
}

async function* sliced(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += UNIT) yield new Uint8Array(await blob.slice(at, at + UNIT).arrayBuffer());
}
