import type { Metadata, Sharp, SharpOptions } from 'sharp';

/**
 * A process of its own, of low priority, that looks into one file at a time: whatever a file does to the decoder, it does
 * not do it to the server. Runs also as it stands here, unbuilt, by Node's type stripping: so it has no static import.
 */
export interface PictureTask {
  readonly kind: 'picture';
  readonly folder: string;
  readonly contentType: string;
  readonly maxPixels: number;
  readonly maxMemoryBytes: number;
  readonly thumbnails: { readonly small: number; readonly medium: number };
  readonly cleanedName: string;
}

export type PictureAnswer =
  | {
      readonly width: number;
      readonly height: number;
      readonly placeholder: string;
      /** True if a copy without metadata stands beside the original. */
      readonly isCleaned: boolean;
    }
  | { readonly problem: 'too large' | 'unreadable' };

export interface DurationTask {
  readonly kind: 'duration';
  readonly path: string;
  readonly maxMemoryBytes: number;
}

export type DurationAnswer = { readonly durationMs: number | null } | { readonly problem: 'unreadable' };

export type Task = PictureTask | DurationTask;
export type AnswerTo<Asked extends Task> = Asked extends PictureTask ? PictureAnswer : DurationAnswer;

const MEMORY_LOOK_MS = 5;
const PLACEHOLDER_PIXELS = 100;
const THUMBNAIL_QUALITY = 75;
const COPY_QUALITY = 90;

type OpenPicture = (path: string, options?: SharpOptions) => Sharp;

process.on('message', (task: Task) => {
  // The decoder works in other threads, so this one can watch it.
  const watch = setInterval(() => {
    if (process.memoryUsage.rss() > task.maxMemoryBytes) endAtOnce();
  }, MEMORY_LOOK_MS);
  void work(task)
    .catch((error: Error) => ({ problem: /pixel limit/i.test(error.message) ? 'too large' : 'unreadable' }))
    .then((answer) => {
      clearInterval(watch);
      process.send?.(answer);
    });
});
// The server is gone, and with it whoever measures the time.
process.on('disconnect', endAtOnce);

/** An orderly end would wait for the decoder, which goes on taking time and memory. */
function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL');
}

function work(task: Task): Promise<PictureAnswer | DurationAnswer> {
  return task.kind === 'picture' ? prepare(task) : findDuration(task);
}

async function prepare(task: PictureTask): Promise<PictureAnswer> {
  const open = await loadSharp(task.maxPixels);
  const original = `${task.folder}/original`;
  const facts = await open(original).metadata();
  if (facts.width * facts.height > task.maxPixels) return { problem: 'too large' };
  const isCleaned = tellsMore(facts, task.contentType);
  if (isCleaned) await writeCopy(open, facts, task);
  const medium = `${task.folder}/medium`;
  await open(original).autoOrient().resize(within(task.thumbnails.medium)).webp(thumbnail()).toFile(medium);
  await open(medium).resize(within(task.thumbnails.small)).webp(thumbnail()).toFile(`${task.folder}/small`);
  const { width, height } = facts.autoOrient;
  return { width, height, placeholder: await findPlaceholder(open, medium), isCleaned };
}

async function loadSharp(maxPixels: number): Promise<OpenPicture> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  // What can be seen of a damaged picture is shown.
  return (path, options) =>
    sharp(path, { failOn: 'none', limitInputPixels: maxPixels, sequentialRead: true, ...options });
}

/** Where it was taken, with what, by whom; or that it is to be turned, which is lost with the rest. A GIF holds nothing like it. */
function tellsMore(facts: Metadata, contentType: string): boolean {
  if (contentType === 'image/gif') return false;
  const { exif, xmp, iptc, tifftagPhotoshop, comments, orientation = 1 } = facts;
  return [exif, xmp, iptc, tifftagPhotoshop].some(Boolean) || (comments ?? []).length > 0 || orientation !== 1;
}

/** Written anew, nothing but the picture is left; the colour profile stays, since the colours depend on it. */
async function writeCopy(open: OpenPicture, facts: Metadata, { folder, contentType, cleanedName }: PictureTask) {
  const isAnimated = (facts.pages ?? 1) > 1;
  const upright = open(`${folder}/original`, { animated: isAnimated }).autoOrient().keepIccProfile();
  const chromaSubsampling = facts.chromaSubsampling === '4:4:4' ? '4:4:4' : '4:2:0';
  const written = {
    // Optimised tables are 5 % smaller, and cost 150 MiB for 40 megapixels.
    'image/jpeg': () => upright.jpeg({ quality: COPY_QUALITY, chromaSubsampling, optimiseCoding: false }),
    'image/png': () => upright.png(),
    'image/webp': () => upright.webp({ quality: COPY_QUALITY }),
    'image/avif': () => upright.avif({ quality: 65, effort: 1 }),
  }[contentType];
  if (!written) throw new Error(`no way to write ${contentType}`);
  await written().toFile(`${folder}/${cleanedName}`);
}

async function findPlaceholder(open: OpenPicture, path: string): Promise<string> {
  const { rgbaToThumbHash } = await import('thumbhash');
  const small = open(path).resize(within(PLACEHOLDER_PIXELS)).ensureAlpha().raw();
  const { data, info } = await small.toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}

function within(pixels: number) {
  return { width: pixels, height: pixels, fit: 'inside', withoutEnlargement: true } as const;
}

function thumbnail() {
  return { quality: THUMBNAIL_QUALITY };
}

/** What the file says of itself, or what its frames add up to. */
async function findDuration({ path }: DurationTask): Promise<DurationAnswer> {
  const { parseFile } = await import('music-metadata');
  const { format } = await parseFile(path, { duration: true, skipCovers: true, mkvUseIndex: true });
  const seconds = [format.duration, ...format.trackInfo.map((track) => track.duration)].map((length) => length ?? 0);
  const durationMs = Math.round(Math.max(...seconds) * 1000);
  return { durationMs: durationMs > 0 && Number.isSafeInteger(durationMs) ? durationMs : null };
}
