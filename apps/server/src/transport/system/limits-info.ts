import { CHAT_NAME_MAX_CHARACTERS, GROUP_MAX_MEMBERS } from '@app/chats';
import { CLIENT_ID_MAX_CHARACTERS, MESSAGE_MAX_CHARACTERS } from '@app/messages';
import { MEDIA_PER_MESSAGE } from '@app/media';
import { Config, MAX_PAGE_SIZE } from '@app/platform';
import {
  EMAIL_MAX_CHARACTERS,
  FULL_NAME_MAX_CHARACTERS,
  PASSWORD_MAX_BYTES,
  PASSWORD_MIN_CHARACTERS,
  USERNAME_MAX_CHARACTERS,
  USERNAME_MIN_CHARACTERS,
} from '@app/users';
import { MAX_BODY_BYTES, MAX_JSON_DEPTH } from '../http/body-limits';
import { MAX_FRAME_BYTES, MAX_UNSENT_BYTES } from '../sockets/io-adapter';
import type { LimitsDto } from './info.dto';

/** The limits as this server applies them: from the code and the configuration, never written down a second time. */
export function limitsInfo({ values, rateLimitsOn }: Config): LimitsDto {
  return {
    message_max_characters: MESSAGE_MAX_CHARACTERS,
    client_id_max_characters: CLIENT_ID_MAX_CHARACTERS,
    group_max_members: GROUP_MAX_MEMBERS,
    chat_name_max_characters: CHAT_NAME_MAX_CHARACTERS,
    username_min_characters: USERNAME_MIN_CHARACTERS,
    username_max_characters: USERNAME_MAX_CHARACTERS,
    full_name_max_characters: FULL_NAME_MAX_CHARACTERS,
    email_max_characters: EMAIL_MAX_CHARACTERS,
    password_min_characters: PASSWORD_MIN_CHARACTERS,
    password_max_bytes: PASSWORD_MAX_BYTES,
    page_max_items: MAX_PAGE_SIZE,
    media_max_bytes: values.MEDIA_MAX_BYTES,
    media_quota_bytes: values.MEDIA_QUOTA_BYTES,
    media_per_message: MEDIA_PER_MESSAGE,
    body_max_bytes: MAX_BODY_BYTES,
    frame_max_bytes: MAX_FRAME_BYTES,
    unsent_max_bytes: MAX_UNSENT_BYTES,
    json_max_depth: MAX_JSON_DEPTH,
    connections_per_user: values.LIMIT_CONNECTIONS_PER_USER,
    requests_per_minute: rateLimitsOn ? values.LIMIT_REQUESTS_PER_MINUTE : null,
    messages_per_second: rateLimitsOn ? values.LIMIT_MESSAGES_PER_SECOND : null,
  };
}
