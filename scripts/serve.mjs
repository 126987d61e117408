// Serves a folder of static files on localhost, with right types and no special headers, as any plain host would.
// `node scripts/serve.mjs FOLDER [PORT]`; the page's tests import `serve`.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/** Starts the server; port 0 is any free one. Resolves to its address (`http://localhost:…`) and a way to end it. */
export async function serve(folder, port = 0) {
  const root = resolve(folder);
  const server = createServer((request, response) => {
    answer(root, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", done);
  });
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

async function answer(root, request, response) {
  const file = await locate(root, request.url ?? "/");
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { allow: "GET, HEAD" }).end();
  } else if (!file) {
    response.writeHead(404, { "content-type": TYPES[".txt"] }).end("not found\n");
  } else {
    response.writeHead(200, {
      "content-type": TYPES[extname(file.path).toLowerCase()] ?? "application/octet-stream",
      "content-length": file.size,
      "cache-control": "no-cache",
    });
    if (request.method === "HEAD") response.end();
    else createReadStream(file.path).on("error", () => response.destroy()).pipe(response);
  }
}

/** The file that a URL names, or nothing: a missing file, a bad escape, a path outside the folder. */
async function locate(root, url) {
  try {
    const path = join(root, normalize(decodeURIComponent(new URL(url, "http://localhost").pathname)));
    if (path !== root && !path.startsWith(root + sep)) return undefined;
    const found = await stat(path);
    if (!found.isDirectory()) return { path, size: found.size };
    const index = join(path, "index.html");
    return { path: index, size: (await stat(index)).size };
  } catch {
    return undefined;
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [folder, port = "8080"] = process.argv.slice(2);
  const server = await serve(folder, Number(port)).catch((error) => {
    if (error.code !== "EADDRINUSE") throw error;
    return serve(folder);
  });
  console.log(`Driftline is at ${server.origin}/ (Ctrl+C ends it)`);
}
