/** What a file name may hold within quotes without being misread by anyone. */
const PLAIN = /[^\x20-\x7e]|["\\%]/g;
/** RFC 5987: what stands for itself in `filename*`, beside letters and digits. */
const ESCAPED = /['()*]/g;

/** The header of RFC 6266: a name in any script, and one of ASCII for those that read only that. */
export function contentDisposition(type: 'inline' | 'attachment', filename: string): string {
  const extended = encodeURIComponent(filename).replace(
    ESCAPED,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${type}; filename="${filename.replace(PLAIN, '_')}"; filename*=UTF-8''${extended}`;
}
