/** Of one frame. */
export const MAX_MEGAPIXELS = 40;
/** Of the process that works on pictures, one at a time, about 70 MiB of which it has by itself. */
export const MAX_MEMORY_BYTES = 320 * 1024 * 1024;
export const MAX_SECONDS = 10;
/** Pixels of the longer side, at most. */
export const THUMBNAIL_PIXELS = { small: 320, medium: 1280 } as const;
/** The name under which a picture stands that was freed of what it told about its origin. */
export const CLEANED = 'cleaned';
