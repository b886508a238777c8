// Sends HL7 v2 messages with node-hl7-client, one after the other over one connection.
// node node-hl7-sender.mjs HOST PORT SECONDS FILE...
// Prints one JSON line for each answer: {"code": MSA-1, "controlId": MSA-2, "text": the answer as received}.
// Environment: PEER_CA, PEER_CERT and PEER_KEY name PEM files; with PEER_CA set the connection is TLS.
import { readFileSync } from 'node:fs';
import { Client, Message } from 'node-hl7-client';

const [host, port, seconds, ...files] = process.argv.slice(2);
const { PEER_CA, PEER_CERT, PEER_KEY } = process.env;

function fail(reason) {
  console.error(reason);
  process.exit(1);
}

const late = setTimeout(() => fail(`no answer within ${seconds} s`), Number(seconds) * 1000);
const tls = PEER_CA && {
  ca: readFileSync(PEER_CA),
  cert: PEER_CERT && readFileSync(PEER_CERT),
  key: PEER_KEY && readFileSync(PEER_KEY),
};
const client = new Client({ host, maxConnectionAttempts: 1, ...(tls ? { tls } : {}) });

let answered;
const connection = client.createConnection({ port: Number(port) }, (response) => {
  const answer = response.getMessage();
  answered({ code: answer.get('MSA.1').toString(), controlId: answer.get('MSA.2').toString(), text: answer.toString() });
});
connection.on('client.error', (error) => fail(`client error: ${error?.message ?? error}`));

for (const file of files) {
  const answer = new Promise((resolve) => (answered = resolve));
  await connection.sendMessage(new Message({ text: readFileSync(file, 'utf8') }));
  console.log(JSON.stringify(await answer));
}

clearTimeout(late);
await connection.close();
client.closeAll();
process.exit(0);
