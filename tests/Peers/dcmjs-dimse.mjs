// dcmjs-dimse as application entity: one command a line on standard input, one JSON answer a line on standard output.
//   node dcmjs-dimse.mjs TITLE PORT HUB-TITLE HUB-PORT FOLDER
// It listens on PORT and keeps the data sets that it is sent in FOLDER, byte by byte as they came. Commands: echo, store FILE..., find STUDY,
// get STUDY, move STUDY, step STEP (N-GET of a performed procedure step).
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import dimse from 'dcmjs-dimse';

const [title, port, hubTitle, hubPort, folder] = process.argv.slice(2);
const { Client, Dataset, Scp, Server } = dimse;
const { CEchoRequest, CFindRequest, CGetRequest, CMoveRequest, CStoreRequest, NGetRequest } = dimse.requests;
const { CEchoResponse, CStoreResponse } = dimse.responses;
const { PresentationContextResult, Status, TransferSyntax } = dimse.constants;
dimse.log.setLevel('silent');

let kept = 0;

class Keeper extends Scp {
  associationRequested(association) {
    for (const { id, context } of association.getPresentationContexts().map(({ id }) => ({ id, context: association.getPresentationContext(id) }))) {
      const plain = context.getTransferSyntaxUids().find((uid) => uid === TransferSyntax.ExplicitVRLittleEndian || uid === TransferSyntax.ImplicitVRLittleEndian);
      if (plain) context.setResult(PresentationContextResult.Accept, plain);
      else context.setResult(PresentationContextResult.RejectTransferSyntaxesNotSupported);
    }
    this.sendAssociationAccept();
  }

  cEchoRequest(request, callback) {
    const response = CEchoResponse.fromRequest(request);
    response.setStatus(Status.Success);
    callback(response);
  }

  createStoreWritableStream() {
    const file = createWriteStream(join(folder, `${++kept}`));
    file.done = new Promise((resolve) => file.on('close', resolve));
    return file;
  }

  createDatasetFromStoreWritableStream(file, context, callback) {
    file.end();
    file.done.then(() => callback(new Dataset({}, context.getAcceptedTransferSyntaxUid())));
  }

  cStoreRequest(request, callback) {
    const response = CStoreResponse.fromRequest(request);
    response.setStatus(Status.Success);
    callback(response);
  }

  associationReleaseRequested() {
    this.sendAssociationReleaseResponse();
  }
}

function ask(requests) {
  return new Promise((resolve) => {
    const answer = { statuses: [], matches: [], instances: [] };
    const client = new Client();
    for (const request of requests) {
      request.on('response', (response) => {
        if (response.getStatus() === Status.Pending) {
          if (response.hasDataset()) answer.matches.push(response.getDataset().getElements());
          return;
        }
        answer.statuses.push(response.getStatus());
        if (response.hasDataset()) answer.matches.push(response.getDataset().getElements());
      });
      client.addRequest(request);
    }
    client.on('cStoreRequest', (request, callback) => {
      const elements = request.getDataset().getElements();
      answer.instances.push({
        sopInstanceUid: elements.SOPInstanceUID,
        patientId: elements.PatientID,
        pixels: createHash('sha256').update(Buffer.from(elements.PixelData[0] ?? elements.PixelData)).digest('hex'),
      });
      const response = CStoreResponse.fromRequest(request);
      response.setStatus(Status.Success);
      callback(response);
    });
    client.on('associationRejected', (reject) => resolve({ fault: `rejected ${JSON.stringify(reject)}` }));
    client.on('abort', (abort) => resolve({ fault: `aborted ${JSON.stringify(abort)}` }));
    client.on('networkError', (fault) => resolve({ fault: `${fault}` }));
    client.on('closed', () => resolve(answer));
    client.send('127.0.0.1', Number(hubPort), title, hubTitle);
  });
}

const commands = {
  echo: () => [new CEchoRequest()],
  store: (files) => files.map((file) => new CStoreRequest(file)),
  find: ([study]) => [CFindRequest.createStudyFindRequest({ StudyInstanceUID: study, PatientName: '', StudyDescription: '', NumberOfStudyRelatedInstances: '' })],
  get: ([study]) => [CGetRequest.createStudyGetRequest(study)],
  step: ([step]) => [new NGetRequest('1.2.840.10008.3.1.2.3.4', step)],
  move: ([study]) => [CMoveRequest.createStudyMoveRequest(title, study)],
};

const server = new Server(Keeper);
server.on('networkError', (fault) => console.error(`${fault}`));
server.listen(Number(port));
for await (const line of createInterface({ input: process.stdin })) {
  const [command, ...words] = line.split('\t');
  console.log(JSON.stringify(await ask(commands[command](words))));
}
server.close();
