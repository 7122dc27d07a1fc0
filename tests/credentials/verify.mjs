// Another service in another language: it knows the address of the key set, the issuer and its own
// name. Reads a JSON list of access tokens, writes for each its claims or the code of the refusal.
import { createRemoteJWKSet, jwtVerify } from "jose";
import { text } from "node:stream/consumers";

const [keySet, issuer, audience] = process.argv.slice(2);
const keys = createRemoteJWKSet(new URL(keySet));
const rules = { algorithms: ["ES256"], typ: "at+jwt", issuer, audience };

async function verdict(token) {
  try {
    const { payload } = await jwtVerify(token, keys, rules);
    return { claims: payload };
  } catch (refusal) {
    return { refused: refusal.code ?? String(refusal) };
  }
}

const tokens = JSON.parse(await text(process.stdin));
console.log(JSON.stringify(await Promise.all(tokens.map(verdict))));
