/** A legal message fits however it is escaped: 10,000 characters of 12 bytes each, and room for the rest. */
export const MAX_BODY_BYTES = 256 * 1024;
/** Levels of arrays and objects, the outermost included. */
export const MAX_JSON_DEPTH = 32;
