import { allSamples } from './error-samples';
import { Problem, toProblem } from './problem';

/** Where the `type` of a problem leads: every code, with its status and an example of its sentence. */
export function renderErrorsPage(): string {
  const rows = allSamples().map((sample) => row(toProblem(sample)));
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Chat backend: errors</title>
  <link rel="icon" href="data:,">
  <style>
    body { font-family: system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
    td, th { padding: 0.4rem 0.8rem; text-align: left; vertical-align: top; }
    tr:target { background: #fff3c4; }
  </style>
</head>
<body>
  <h1>Errors of the native API</h1>
  <p>Each is <code>application/problem+json</code>; <code>code</code> is stable. See also the <a href="/redoc">reference</a>.</p>
  <table>
    <tr><th>code</th><th>status</th><th>for example</th></tr>
${rows.join('\n')}
  </table>
</body>
</html>
`;
}

function row({ code, status, title, detail }: Problem): string {
  return `    <tr id="${code}"><td><code>${code}</code></td><td>${status} ${title}</td><td>${escapeHtml(detail)}</td></tr>`;
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
