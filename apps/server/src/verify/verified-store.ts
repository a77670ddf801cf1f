import { ChatEntity, ChatEventEntity, MembershipCheck, ParticipantEntity } from '@app/chats';
import { IdBlockEntity, openDocumentsForReading, openForReading } from '@app/database';
import { MEDIA_ENTITIES, mediaChecks, openMediaStorage } from '@app/media';
import { MESSAGE_ENTITIES, messageChecks } from '@app/messages';
import type { Config, StoreCheck } from '@app/platform';
import { UserEntity } from '@app/users';

const ENTITIES = [
  IdBlockEntity,
  UserEntity,
  ChatEntity,
  ParticipantEntity,
  ChatEventEntity,
  ...MEDIA_ENTITIES,
  ...MESSAGE_ENTITIES,
];

/** What is to be verified, opened for reading only. */
export interface VerifiedStore {
  /** For people: where it is. */
  readonly name: string;
  readonly checks: readonly StoreCheck[];
  close(): Promise<void>;
}

/** @throws StoreNotFound, StoreUnreachable */
export async function openVerifiedStore({ values }: Config): Promise<VerifiedStore> {
  const { MONGODB_URL } = values;
  const files = await openMediaStorage(values);
  const documents = MONGODB_URL === undefined ? undefined : await openDocumentsForReading(MONGODB_URL, values);
  try {
    const database = await openForReading(values, ENTITIES);
    return {
      name: describe(values),
      checks: [
        new MembershipCheck(database),
        ...messageChecks(database, documents?.store),
        ...mediaChecks(database, files, values),
      ],
      close: async () => void (await Promise.all([database.close(), documents?.close()])),
    };
  } catch (error) {
    await documents?.close();
    throw error;
  }
}

function describe(values: Config['values']): string {
  const { MYSQL_HOST, MYSQL_PORT, MYSQL_DATABASE, DATA_DIR, MONGODB_URL, MONGODB_DATABASE } = values;
  const metadata =
    MYSQL_HOST === undefined
      ? `the embedded store in ${DATA_DIR}`
      : `the database ${MYSQL_DATABASE} on ${MYSQL_HOST}:${MYSQL_PORT}`;
  return MONGODB_URL === undefined ? metadata : `${metadata}, with the texts in ${MONGODB_DATABASE} of MongoDB`;
}
