/** The shapes of the native API, as its documentation promises them. Written out here on purpose: tests share no types with the server. */

export interface User {
  id: number;
  username: string;
  email?: string;
  full_name: string | null;
  is_active: boolean;
  created_at: string;
  last_seen: string | null;
}

export interface Tokens {
  access_token: string;
  refresh_token: string;
  token_type: string;
  expires_in: number;
}

export interface Participant {
  user_id: number;
  username: string;
  full_name: string | null;
  joined_at: string;
  is_admin: boolean;
  is_online: boolean;
}

export interface Chat {
  id: number;
  name: string | null;
  chat_type: 'direct' | 'group';
  created_at: string;
  updated_at: string;
  is_active: boolean;
  last_seq: number;
  participants: Participant[];
}

export interface ListedChat extends Omit<Chat, 'participants'> {
  last_message: Message | null;
  unread_count: number;
}

export interface Message {
  id: number;
  chat_id: number;
  seq: number;
  sender_id: number;
  sender_username: string;
  content: string;
  timestamp: string;
  message_type: string;
  is_edited: boolean;
  is_deleted: boolean;
  edited_at: string | null;
  client_id: string | null;
  reply_to: number | null;
  media: Media[];
}

export interface Media {
  id: number;
  url: string;
  filename: string;
  content_type: string;
  size: number;
  width: number | null;
  height: number | null;
  duration: number | null;
  placeholder: string | null;
}

export interface Revision {
  content: string;
}

export interface Page<Item> {
  items: Item[];
  total: number;
  page: number;
  limit: number;
  pages: number;
  next_before?: number | null;
  next_after?: number | null;
}

/** What a socket receives. Changes have a `seq`; hints have none of their own. */
export interface Frame {
  type: string;
  chat_id?: number;
  seq?: number;
  user_id?: number;
  timestamp?: string;
  message?: Message;
  participant?: Participant;
  chat?: Chat;
  error?: Problem;
  [field: string]: unknown;
}

export interface Changes {
  changes: Frame[];
  last_seq: number;
  more: boolean;
}

export interface Ack {
  type?: string;
  ref?: string;
  client_id?: string;
  ok: boolean;
  message?: Message;
  error?: Problem;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  status_code: number;
  detail: string;
  code: string;
  errors?: { path: string; code: string; detail: string }[];
}

export interface Session {
  id: string | number;
  [field: string]: unknown;
}

/** ISO 8601 in UTC with milliseconds. */
export const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
