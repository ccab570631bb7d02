// Posts customers' events to the stripe-webhook function as Stripe does, signed, each customer's in
// order, a customer a loop. Bodies and signatures are made before the clock starts.
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import http from "node:http";

const { url, file, loops, secret } = JSON.parse(process.argv[2]);

const agent = new http.Agent({ keepAlive: true, maxSockets: loops });
const at = Math.floor(Date.now() / 1000);
const customers = JSON.parse(readFileSync(file, "utf8")).map((events) =>
  events.map((event) => {
    const body = JSON.stringify(event, null, 2);
    const signature = createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
    return { body, signature: `t=${at},v1=${signature}` };
  }),
);

function post({ body, signature }) {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "stripe-signature": signature };
    const request = http.request(url, { method: "POST", agent, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      response.on("end", () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${response.statusCode}: ${text}`));
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}

let done = 0;
async function loop() {
  for (let events = customers.pop(); events; events = customers.pop()) {
    for (const event of events) {
      await post(event);
      done += 1;
    }
  }
}

const started = performance.now();
const cpu = process.cpuUsage();
await Promise.all(Array.from({ length: loops }, loop));
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(cpu);
agent.destroy();
console.log(JSON.stringify({ done, perSecond: done / seconds, cpu: (user + system) / 1e6 }));
