import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileTypeFromFile } from 'file-type';

const HEAD_BYTES = 4096;
/** A character at the end of the head may be cut in two. */
const LONGEST_CHARACTER = 4;
const MAX_LENGTH = 100;

/** What a file is, by its own bytes: nothing that its uploader says counts. */
export async function findContentType(path: string): Promise<string> {
  const found = await fileTypeFromFile(path).catch(() => undefined);
  if (found) return found.mime.slice(0, MAX_LENGTH);
  return isText(await readHead(path)) ? 'text/plain' : 'application/octet-stream';
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function isText(head: Buffer): boolean {
  if (head.includes(0)) return false;
  const cuts = head.length < HEAD_BYTES ? [0] : Array.from({ length: LONGEST_CHARACTER }, (_, cut) => cut);
  return cuts.some((cut) => isUtf8(head.subarray(0, head.length - cut)));
}

const PROGRAM_TYPES = new Set([
  'application/java-archive',
  'application/java-vm',
  'application/vnd.android.package-archive',
  'application/vnd.debian.binary-package',
  'application/vnd.ms-htmlhelp',
  'application/wasm',
  'application/x-apple-diskimage',
  'application/x-elf',
  'application/x-mach-binary',
  'application/x-ms-shortcut',
  'application/x-msdownload',
  'application/x-msi',
  'application/x-rpm',
  'application/x-shockwave-flash',
]);

const PROGRAM_EXTENSIONS = new Set(
  (
    'apk app bash bat bin cgi class cmd com cpl deb dll dmg elf exe gadget hta htm html inf jar jnlp js jse lnk mht ' +
    'mhtml mjs msc msi msp mst phar php php5 phtml pif pkg pl ps1 psm1 py pyc pyw rb reg rpm scf scr sct sh shtml so ' +
    'svg svgz swf url vb vbe vbs wasm ws wsc wsf wsh xht xhtml xml xsl zsh'
  ).split(' '),
);

/** By its name alone: what a system would run, or a browser run a script in. */
export function isProgramName(filename: string): boolean {
  return PROGRAM_EXTENSIONS.has(extname(filename).slice(1).toLowerCase());
}

/** By its bytes: a program for a machine, or a script that names its interpreter. */
export async function isProgram(path: string, contentType: string): Promise<boolean> {
  return PROGRAM_TYPES.has(contentType) || (await readHead(path)).subarray(0, 2).toString('latin1') === '#!';
}
