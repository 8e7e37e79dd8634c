// Serves dist/ as a strict host would: under a sub-path, compressed, with the content policy.
// The variable DIST names another folder.
//
//   const server = await serve();   // a free port; `cors: true` as a host that lets any page load
//   server.url                      // http://127.0.0.1:PORT/some/sub/path/
//   await server.close();
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

export const dist = process.env.DIST
  ? `${resolve(process.env.DIST)}/`
  : fileURLToPath(new URL('../../dist/', import.meta.url));
export const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};
const compress = promisify(brotliCompress);

export async function serve({
  root = dist, base = '/some/sub/path/', quality = 5, cors = false, contentPolicy = policy,
} = {}) {
  const compressed = new Map();
  const brotli = (file, changed) => {
    const key = `${file} ${changed}`;
    if (!compressed.has(key)) {
      const params = { [constants.BROTLI_PARAM_QUALITY]: quality };
      compressed.set(key, readFile(file).then((bytes) => compress(bytes, { params })));
    }
    return compressed.get(key);
  };

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://host');
    const inside = pathname.startsWith(base) ? decodeURIComponent(pathname.slice(base.length)) : null;
    const file = inside === null ? null : join(root, normalize(`/${inside || 'index.html'}`));
    const found = file && (await stat(file).catch(() => null));
    if (!found?.isFile()) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
      return;
    }
    const type = types[extname(file)] ?? 'application/octet-stream';
    const headers = {
      'content-type': type,
      ...(contentPolicy && { 'content-security-policy': contentPolicy }),
      ...(cors && { 'access-control-allow-origin': '*' }),
      'cache-control': 'no-cache',
      vary: 'accept-encoding',
    };
    if (type !== 'image/png' && /\bbr\b/.test(request.headers['accept-encoding'] ?? '')) {
      const bytes = await brotli(file, found.mtimeMs);
      response.writeHead(200, {
        ...headers, 'content-encoding': 'br', 'content-length': bytes.length,
      }).end(bytes);
    } else {
      response.writeHead(200, { ...headers, 'content-length': found.size });
      createReadStream(file).pipe(response);
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}
