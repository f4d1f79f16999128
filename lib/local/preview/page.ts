import path from 'node:path';
import { build } from 'esbuild';
import type { Answer } from './answer';

/** Bundles the page's script and style. Returns a function that answers the page's paths. */
export async function buildPage(): Promise<(pathname: string) => Answer | undefined> {
  const { outputFiles } = await build({
    entryPoints: [path.join(__dirname, 'client/page.ts'), path.join(__dirname, 'client/page.css')],
    outdir: '/',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
  });
  const files = new Map(outputFiles.map(({ path: file, contents }) => [path.basename(file), contents]));
  return (pathname) => {
    if (pathname === '/' || pathname.startsWith('/d/')) return answer('text/html; charset=utf-8', HTML);
    const file = files.get(pathname.slice(1));
    return file && answer(pathname.endsWith('.css') ? 'text/css' : 'text/javascript', file);
  };
}

function answer(type: string, body: string | Uint8Array): Answer {
  return { status: 200, headers: { 'content-type': type }, body };
}

const HTML = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<script type="module" src="/page.js"></script>
<title>Tollgate</title>
<body></body>
</html>
`;
