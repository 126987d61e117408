// Bytes of the engine, which are a blob where they are many.

import type { Packed } from "./worker/protocol";

/** Whether both are the same bytes. */
export async function same(a: Packed | null, b: Packed | null): Promise<boolean> {
  if (a === null || b === null || size(a) !== size(b)) return false;
  const [x, y] = await Promise.all([bytes(a), bytes(b)]);
  return x.every((byte, i) => byte === y[i]);
}

function size(packed: Packed): number {
  return packed instanceof Blob ? packed.size : packed.byteLength;
}

async function bytes(packed: Packed): Promise<Uint8Array> {
  return packed instanceof Blob ? new Uint8Array(await packed.arrayBuffer()) : packed;
}
