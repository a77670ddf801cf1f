import type { Database } from '@app/database';
import type { ConfigValues, StoreCheck } from '@app/platform';
import type { MediaStorage } from '../storage/media-storage';
import { MediaCheck } from './media-check';
import { PartialFiles } from '../storage/partial-files';
import { StoredFilesCheck } from './stored-files-check';
import { UploadsCheck } from './uploads-check';

/** What can be checked of stored files. */
export function mediaChecks(database: Database, storage: MediaStorage, values: ConfigValues): StoreCheck[] {
  return [
    new MediaCheck(database, storage),
    new StoredFilesCheck(database, storage),
    new UploadsCheck(database, new PartialFiles(values)),
  ];
}
