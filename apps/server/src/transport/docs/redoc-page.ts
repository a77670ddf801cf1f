import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PRODUCT_ROOT } from '../system/product';

export const REDOC_BUNDLE = 'redoc.standalone.js';

/** The fonts of the system: nothing is fetched from elsewhere. */
const THEME = JSON.stringify({
  typography: {
    fontFamily: 'system-ui, sans-serif',
    headings: { fontFamily: 'system-ui, sans-serif' },
    code: { fontFamily: 'ui-monospace, monospace' },
  },
});

/** The bundle starts by itself where it finds the element `redoc`. */
export const REDOC_PAGE = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Chat backend: API reference</title>
  <link rel="icon" href="data:,">
  <style>body { margin: 0; }</style>
</head>
<body>
  <redoc spec-url="/openapi.json" theme='${THEME}'></redoc>
  <script src="/redoc/${REDOC_BUNDLE}"></script>
</body>
</html>
`;

/** A build carries a copy; from the sources it is in the package. */
export function findRedocBundle(): string {
  const copy = join(PRODUCT_ROOT, 'dist/assets', REDOC_BUNDLE);
  return existsSync(copy) ? copy : require.resolve(`redoc/bundles/${REDOC_BUNDLE}`);
}
