import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildWebview } from './buildWebview';

interface Reply {
  readonly type: string;
  readonly body: string | Buffer;
}

/** A web server on this machine with the bundle, and the documents and messages of tests. The process can exit while it runs. */
export interface Site {
  /** @returns a URL that nothing else has had, so that no page starts where another was scrolled to */
  add(body: string, type: 'text/html' | 'text/javascript'): string;
  remove(url: string): void;
  has(url: string): boolean;
}

let site: Promise<Site> | undefined;

/** One site for all tests: Chromium compiles the bundle once only if its URL stays the same. */
export function openSite(): Promise<Site> {
  return (site ??= startSite());
}

async function startSite(): Promise<Site> {
  const { script, style } = await buildWebview();
  const replies = new Map<string, Reply>([
    ['/webview.js', { type: 'text/javascript', body: readFileSync(script) }],
    ['/webview.css', { type: 'text/css', body: readFileSync(style) }],
    ['/favicon.ico', { type: 'image/x-icon', body: '' }],
  ]);
  const origin = await listen(
    createServer(({ url }, response) => {
      const reply = replies.get(url ?? '');
      if (!reply) return response.writeHead(404).end();
      return response
        .setHeader('Content-Type', `${reply.type}; charset=utf-8`)
        .setHeader('Cache-Control', 'max-age=3600')
        .end(reply.body);
    }),
  );
  let added = 0;
  return {
    add: (body, type) => {
      const path = `/${added++}`;
      replies.set(path, { type, body });
      return `${origin}${path}`;
    },
    remove: (url) => replies.delete(url.slice(origin.length)),
    has: (url) => url.startsWith(`${origin}/`) && replies.has(url.slice(origin.length)),
  };
}

/** @returns the origin */
async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
