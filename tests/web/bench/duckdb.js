// DuckDB-Wasm on a file of the user: a table of it, SUMMARIZE, a histogram of each numeric column, the top 20 of each.

import * as duckdb from "@duckdb/duckdb-wasm";

const at = (name) => new URL(name, document.baseURI).href;
const NUMERIC = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL.*)$/;
const name = (column) => `"${column.replaceAll('"', '""')}"`;

async function start() {
  const bundle = await duckdb.selectBundle({
    mvp: { mainModule: at("duckdb-mvp.wasm"), mainWorker: at("duckdb-browser-mvp.worker.js") },
    eh: { mainModule: at("duckdb-eh.wasm"), mainWorker: at("duckdb-browser-eh.worker.js") },
  });
  const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), new Worker(bundle.mainWorker));
  await db.instantiate(bundle.mainModule, null);
  return { db, connection: await db.connect() };
}

async function profile({ db, connection }, file) {
  if (file.name.endsWith(".parquet")) {
    await db.registerFileBuffer("file", new Uint8Array(await file.arrayBuffer()));
    await connection.query("CREATE TABLE t AS SELECT * FROM read_parquet('file')");
  } else {
    await db.registerFileHandle("file", file, duckdb.DuckDBDataProtocol.BROWSER_FILEREADER, true);
    await connection.query("CREATE TABLE t AS SELECT * FROM read_csv('file')");
  }
  const columns = (await connection.query("SUMMARIZE t")).toArray().map((row) => row.toJSON());
  for (const { column_name, column_type, min, max } of columns) {
    const x = name(column_name);
    if (NUMERIC.test(column_type) && min !== null) {
      const width = (Number(max) - Number(min)) / 30 || 1;
      await connection.query(
        `SELECT least(floor((${x} - ${min}) / ${width}), 29) AS bin, count(*) FROM t WHERE ${x} IS NOT NULL GROUP BY bin`,
      );
    }
    await connection.query(`SELECT ${x}, count(*) AS n FROM t GROUP BY ${x} ORDER BY n DESC LIMIT 20`);
  }
  const [{ rows }] = (await connection.query("SELECT count(*) AS rows FROM t")).toArray().map((row) => row.toJSON());
  return Number(rows);
}

const input = document.querySelector("#input");
globalThis.ready = start();
globalThis.measured = new Promise((resolve, reject) => {
  input.addEventListener("change", async () => {
    try {
      const engine = await globalThis.ready;
      const from = performance.now();
      const rows = await profile(engine, input.files[0]);
      resolve({ ms: performance.now() - from, rows });
    } catch (error) {
      reject(error);
    }
  });
});
