import { MEDIA_PER_MESSAGE } from '@app/media';

/** Where files are found, whatever dialect speaks of them. Ends with a name for people and for programs that look at the end. */
export function mediaPath(mediaId: number, filename: string): string {
  return `/api/v1/media/${mediaId}/${encodeURIComponent(filename)}`;
}

const LINK = /\/api\/v1\/media\/([1-9]\d{0,14})(?![\w-])/g;

/** The files that a text links to, in order, each once; as many as one message may bring. */
export function findLinkedMedia(text: string): number[] {
  const mediaIds = [...text.matchAll(LINK)].map(([, mediaId]) => Number(mediaId));
  return [...new Set(mediaIds)].slice(0, MEDIA_PER_MESSAGE);
}
