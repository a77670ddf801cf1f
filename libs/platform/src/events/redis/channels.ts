/**
 * The names of the channels: one for each topic, and one that every node hears. Redis has one space of channels
 * for all of its databases, so the number of the database stands in them: deployments that share a Redis stay apart.
 */
export class Channels {
  readonly common: string;
  private readonly topics: string;

  constructor(database: number) {
    this.common = `chat:${database}:bus`;
    this.topics = `chat:${database}:bus:`;
  }

  of(topic: string | undefined): string {
    return topic === undefined ? this.common : this.topics + topic;
  }
}
