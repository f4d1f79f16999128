// The floor of a cold start sends a function's recorded requests in their order, signed by hand, with nothing but Node.js.
const crypto = require('node:crypto');
const { readFileSync } = require('node:fs');
const http = require('node:http');
require('node:https'); // Every function loads it to reach AWS.
const { promisify } = require('node:util');
const gzip = promisify(require('node:zlib').gzip);

const agent = new http.Agent({ keepAlive: true });

exports.handler = async () => {
  const requests = JSON.parse(readFileSync(process.env.BENCH_REQUESTS, 'utf8'));
  let sent = 0;
  let answered = 0;
  await new Promise((resolve, reject) => {
    const proceed = () => {
      if (answered === requests.length) resolve();
      while (sent < requests.length && requests[sent].after <= answered)
        send(requests[sent++]).then(() => {
          answered += 1;
          proceed();
        }, reject);
    };
    proceed();
  });
};

async function send(request) {
  const { status, text } = request.to === 'aws' ? await ask(request) : await push(request);
  if (status !== request.status)
    throw new Error(`${request.method} ${request.path}: expected ${request.status}, got ${status}: ${text}`);
  return text.startsWith('{') ? JSON.parse(text) : text;
}

function ask({ method, path, headers, body }) {
  const url = new URL(path, process.env.AWS_ENDPOINT_URL);
  return exchange(url, { method, headers: signed(url, { method, headers, body }), body });
}

async function push({ method, path, headers, body }) {
  const url = new URL(path, process.env.BENCH_GATEWAY_URL);
  if (method !== 'PUT') return exchange(url, { method });
  const described = { 'content-type': headers['content-type'], 'content-encoding': 'gzip' };
  return exchange(url, { method, headers: described, body: await gzip(body) });
}

function exchange(url, { method, headers, body }) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, agent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Returns the headers with a signature version 4; service and Region are those of the recorded signature. */
function signed(url, { method, headers, body }) {
  const [, region, service] = /Credential=[^,]*?\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(
    headers.authorization,
  );
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const sent = { 'content-type': headers['content-type'], host: url.host, 'x-amz-date': time };
  if (headers['x-amz-target']) sent['x-amz-target'] = headers['x-amz-target'];
  const names = Object.keys(sent).sort();
  const lines = names.map((name) => `${name}:${sent[name]}\n`).join('');
  const canonical = [method, url.pathname, url.search.slice(1), lines, names.join(';'), sha256(body)].join(
    '\n',
  );
  const scope = [time.slice(0, 8), region, service, 'aws4_request'];
  const key = scope.reduce(hmac, `AWS4${process.env.AWS_SECRET_ACCESS_KEY}`);
  const text = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(canonical)].join('\n');
  const credential = `${process.env.AWS_ACCESS_KEY_ID}/${scope.join('/')}`;
  const signature = hmac(key, text).toString('hex');
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}

function sha256(text) {
  return crypto.createHash('sha256').update(text).digest('hex');
}

function hmac(key, text) {
  return crypto.createHmac('sha256', key).update(text).digest();
}
