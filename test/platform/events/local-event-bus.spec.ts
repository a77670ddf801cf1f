import { LocalEventBus } from '@app/platform';
import { testEventBus } from './event-bus.contract';

describe('LocalEventBus', () => testEventBus(async () => new LocalEventBus()));
