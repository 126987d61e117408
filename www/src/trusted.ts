// The one policy that may name a script: the worker's own address, made here and nowhere else.

interface Policy {
  createScriptURL(url: string): unknown;
}
interface Factory {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): Policy;
}

const own = new Set<string>();
const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
const policy = factory?.createPolicy("driftline", {
  createScriptURL: (url) => {
    if (!own.has(url)) throw new TypeError("not a script of this page");
    return url;
  },
});

/** A worker of this text. It is a blob's, so that it inherits the page's content security policy. */
export function workerOf(text: string): Worker {
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  own.add(url);
  try {
    return new Worker((policy ? policy.createScriptURL(url) : url) as string);
  } finally {
    own.delete(url);
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }
}
