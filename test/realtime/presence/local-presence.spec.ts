import { Clock, LocalEventBus } from '@app/platform';
import { LocalPresence } from '../../../libs/realtime/src/presence/local-presence';
import { testPresence, watch } from './presence.contract';

describe('LocalPresence', () => {
  testPresence(async () => {
    const bus = new LocalEventBus();
    return { published: watch(bus), presence: new LocalPresence(bus, new Clock()) };
  });
});
