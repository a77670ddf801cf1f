/**
 * Media: files that people send each other, who may have them, and what is shown of them.
 *
 * Invariants: a file's type is found from its bytes; a row never stands without its bytes, and bytes without a row are
 * swept; uploads are cut at their limit, and those that end early leave nothing; a picture tells others nothing but what it
 * shows; who may have a file is asked at each use, whatever link leads to it.
 * May import: platform, database, users, chats.
 */
export * from './get-media';
export * from './media';
export * from './media-attachments';
export * from './media-links';
export * from './media.errors';
export * from './media.module';
export * from './open-media';
export { THUMBNAIL_PIXELS } from './pictures/picture-limits';
export * from './resumable/append-to-upload';
export * from './resumable/begin-upload';
export * from './resumable/finish-upload';
export * from './resumable/get-upload';
export * from './resumable/give-up-upload';
export * from './resumable/resumable.errors';
export type { ResumableUpload } from './resumable/resumable-upload';
export { UPLOAD_LIFETIME_MS } from './resumable/resumable-upload';
export * from './resumable/upload-locks';
export * from './upload-media';
export type { ByteRange } from './storage/media-storage';
export * from './storage/open-media-storage';
export * from './verification/count-attachments';
export * from './verification/highest-media-id';
export * from './verification/media-checks';
export { MEDIA_ENTITIES } from './verification/media-entities';
