import { LocalMediaStorage } from '../../../libs/media/src/storage/local-media-storage';
import { makeTempFolder } from '../../support/temp-folder';
import { testMediaStorage } from './media-storage.contract';

describe('LocalMediaStorage', () => {
  const folder = makeTempFolder();
  testMediaStorage(() => Promise.resolve(new LocalMediaStorage(folder)));
});
