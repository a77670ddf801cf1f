import { Injectable } from '@nestjs/common';
import { ActivityLog } from './sessions/activity-log';

/** Notes that a person was here until now, as when the last socket closes. */
@Injectable()
export class TouchLastSeen {
  constructor(private readonly activity: ActivityLog) {}

  /** Resolves at once and never rejects; it is written a little later. */
  async execute(userId: number): Promise<void> {
    this.activity.note(userId);
  }
}
