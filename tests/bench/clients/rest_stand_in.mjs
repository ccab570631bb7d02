// In PostgREST's place: calls record_webhook_event with the body as it came, as service_role on one
// of its connections, and answers the row. Without a database it answers at once. Its last line
// but one is its port, its last the CPU that it took, once its standard input ends.
import http from "node:http";
import pg from "pg";

const { url, connections } = JSON.parse(process.argv[2]);

const pool =
  url && new pg.Pool({ connectionString: url, max: connections, options: "-c role=service_role" });
const record = {
  name: "record",
  text: `select to_json(e)::text as row
    from (select $1::jsonb as body) as b,
      public.record_webhook_event(b.body ->> 'p_source', b.body -> 'p_event') as e`,
};

async function answerTo(body) {
  if (!pool) return '{"status": "applied"}';
  const { rows } = await pool.query({ ...record, values: [body] });
  if (rows[0].row.includes('"status":"failed"')) throw new Error(rows[0].row);
  return rows[0].row;
}

const server = http.createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8").on("data", (part) => {
    body += part;
  });
  request.on("end", async () => {
    const answer = await answerTo(body).catch((error) => {
      console.error(error.message);
      response.statusCode = 500;
      return JSON.stringify({ message: error.message });
    });
    response.setHeader("content-type", "application/json");
    response.end(answer);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => console.log(server.address().port));

process.stdin.resume().on("end", async () => {
  const { user, system } = process.cpuUsage();
  server.closeAllConnections();
  server.close();
  await pool?.end();
  console.log((user + system) / 1e6);
});
