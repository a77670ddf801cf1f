import { Initial1795237430693 } from './1795237430693-Initial';
import { GroupInvitations1795246102205 } from './1795246102205-GroupInvitations';
import { OpenRooms1795245502115 } from './1795245502115-OpenRooms';
import { BodiesElsewhere1795246384646 } from './1795246384646-BodiesElsewhere';
import { MessageExtras1795248296465 } from './1795248296465-MessageExtras';
import { Media1795249442435 } from './1795249442435-Media';
import { MediaDuration1795257600000 } from './1795257600000-MediaDuration';
import { ResumableUploads1795260000000 } from './1795260000000-ResumableUploads';
import { ClientIdsOnly1795263000000 } from './1795263000000-ClientIdsOnly';
import { OrdinalAnchors1795266000000 } from './1795266000000-OrdinalAnchors';

/** In the order in which they run. A landed migration never changes; a new one is appended. */
export const SQLITE_MIGRATIONS = [
  Initial1795237430693,
  OpenRooms1795245502115,
  GroupInvitations1795246102205,
  BodiesElsewhere1795246384646,
  MessageExtras1795248296465,
  Media1795249442435,
  MediaDuration1795257600000,
  ResumableUploads1795260000000,
  ClientIdsOnly1795263000000,
  OrdinalAnchors1795266000000,
] as const;
