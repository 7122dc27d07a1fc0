// The MDN HTTP Observatory scans the ports 443 and 80 of a name; here both lead to ports of this
// machine. Prints the score, the grade, and the tests that cost or add something.
import { scan } from "@mdn/mdn-http-observatory";
import { writeFileSync } from "node:fs";
import { Socket } from "node:net";

const [host, path, https, http] = process.argv.slice(2);
const places = { 443: Number(https), 80: Number(http) };
const connect = Socket.prototype.connect;
Socket.prototype.connect = function (...given) {
  const options = Array.isArray(given[0]) ? given[0][0] : given[0];
  if (options.host !== host || !(options.port in places)) throw new Error(`not ${options.host}`);
  Object.assign(options, { host: "127.0.0.1", port: places[options.port] });
  return connect.apply(this, given);
};

// The list of preloaded hosts, which its installation downloads: ours is not among them.
const list = new URL("../conf/hsts-preload.json", import.meta.resolve("@mdn/mdn-http-observatory"));
writeFileSync(list, "{}");

const found = await scan(host + path);
const { score, grade } = found.scan;
const tests = Object.fromEntries(
  Object.entries(found.tests)
    .filter(([, test]) => test.scoreModifier !== 0)
    .map(([name, test]) => [name, test.scoreModifier]),
);
console.log(JSON.stringify({ score, grade, tests }));
