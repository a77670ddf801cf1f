/** Files that one message may bring. */
export const MEDIA_PER_MESSAGE = 10;
export const FILENAME_MAX_CHARACTERS = 200;

export const THUMBNAIL_SIZES = ['small', 'medium'] as const;
export type ThumbnailSize = (typeof THUMBNAIL_SIZES)[number];
/** What is stored of a file: itself, and of pictures smaller copies. */
export type Variant = 'original' | ThumbnailSize;

/** A file that somebody has uploaded. Its bytes never change. */
export interface Media {
  readonly id: number;
  readonly uploaderId: number;
  /** Safe to show and to save under: no path, no control characters. */
  readonly filename: string;
  /** Found from the bytes, whatever the uploader said. */
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  /** Of the stored bytes, in hex. */
  readonly sha256: string;
  /** Pixels, as it is to be shown; null unless it is a picture that has thumbnails. */
  readonly width: number | null;
  readonly height: number | null;
  /** Of sound and video, where the file tells. */
  readonly durationMs: number | null;
  /** ThumbHash in base64: what to show while it loads. */
  readonly placeholder: string | null;
}

/** Types that a browser shows without running anything, and that are recognised by their bytes. All else is downloaded. */
const SHOWN_INLINE = new Set([
  'image/avif',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/webp',
  'audio/aac',
  'audio/flac',
  'audio/mp4',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'audio/x-m4a',
  'video/mp4',
  'video/ogg',
  'video/quicktime',
  'video/webm',
  'video/x-m4v',
]);

/** @param contentType found from the bytes; parameters do not count */
export function isShownInline(contentType: string): boolean {
  return SHOWN_INLINE.has(contentType.split(';', 1)[0] ?? '');
}

/** Pictures that are looked into, freed of what they tell about their origin, and given thumbnails. */
const PICTURES = new Set(['image/avif', 'image/gif', 'image/jpeg', 'image/png', 'image/webp']);

export function isPicture(contentType: string): boolean {
  return PICTURES.has(contentType);
}

/** Sound and video, which have a duration. */
export function isRecording(contentType: string): boolean {
  return /^(audio|video)\/|^application\/ogg/.test(contentType);
}
