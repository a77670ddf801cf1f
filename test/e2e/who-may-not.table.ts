import { PASSWORD } from '../support/people';
import { asPost, TUS, tryPart } from '../support/resumable';
import { formOf, text } from '../support/uploads';
import { AUTH_CHAT_OPERATIONS } from './who-may-not.auth-chat';
import { CHATROOM_OPERATIONS } from './who-may-not.chatroom';
import { anyone, members, notMembers, onlyOwn, open, Rule, Target } from './who-may-not.rules';

/** Every operation of the API, by name as in `support/openapi.ts`. */
export const OPERATIONS: Record<string, Rule> = {
  'POST /api/v1/users/register': open((api) => api.post('/users/register', {})),
  'POST /api/v1/users/login': open((api) => api.post('/users/login', {})),
  'POST /api/v1/users/refresh': open((api) => api.post('/users/refresh', {})),
  'POST /api/v1/users/logout': anyone(204, (api) => api.post('/users/logout')),
  'GET /api/v1/users/me': anyone(200, (api) => api.get('/users/me')),
  'PUT /api/v1/users/me': anyone(200, (api) => api.put('/users/me', { full_name: 'Another Name' })),
  'DELETE /api/v1/users/me': anyone(403, (api) => api.delete('/users/me', { current_password: `not ${PASSWORD}` })),
  'GET /api/v1/users/me/sessions': anyone(200, (api) => api.get('/users/me/sessions')),
  'DELETE /api/v1/users/me/sessions/{}': anyone(404, (api, { sessionId }) =>
    api.delete(`/users/me/sessions/${sessionId}`),
  ),
  'GET /api/v1/users/search': anyone(200, (api) => api.get('/users/search?q=a')),
  'GET /api/v1/users/{}': anyone(200, (api, { adminId }) => api.get(`/users/${adminId}`)),

  'POST /api/v1/chats': anyone(201, (api) =>
    api.post('/chats/', { chat_type: 'group', name: 'mine', participant_ids: [] }),
  ),
  'GET /api/v1/chats': anyone(200, (api) => api.get('/chats/')),
  'GET /api/v1/chats/{}': members(200, (api, { chatId }) => api.get(`/chats/${chatId}`)),
  'PUT /api/v1/chats/{}': notMembers((api, { chatId }) => api.put(`/chats/${chatId}`, { name: 'mine now' })),
  'DELETE /api/v1/chats/{}': members(204, (api, { chatId }) => api.delete(`/chats/${chatId}`)),
  'GET /api/v1/chats/{}/participants': members(200, (api, { chatId }) => api.get(`/chats/${chatId}/participants`)),
  'POST /api/v1/chats/{}/participants': notMembers((api, { chatId, formerId }) =>
    api.post(`/chats/${chatId}/participants`, { user_ids: [formerId] }),
  ),
  'DELETE /api/v1/chats/{}/participants': notMembers((api, { chatId, adminId }) =>
    api.delete(`/chats/${chatId}/participants?user_id=${adminId}`),
  ),
  'PUT /api/v1/chats/{}/participants/{}': notMembers((api, { chatId, adminId }) =>
    api.put(`/chats/${chatId}/participants/${adminId}`, { is_admin: false }),
  ),
  'GET /api/v1/chats/{}/changes': members(200, (api, { chatId }) => api.get(`/chats/${chatId}/changes?after=0`)),
  'POST /api/v1/chats/{}/read': members(200, (api, { chatId }) => api.post(`/chats/${chatId}/read`, { seq: 1 })),

  'POST /api/v1/messages': members(201, (api, { chatId }) =>
    api.post('/messages/', { chat_id: chatId, content: 'from me' }),
  ),
  'GET /api/v1/messages/chat/{}': members(200, (api, { chatId }) => api.get(`/messages/chat/${chatId}`)),
  'PUT /api/v1/messages/{}': notMembers((api, { messageId }) =>
    api.put(`/messages/${messageId}`, { content: 'mine now' }),
  ),
  'DELETE /api/v1/messages/{}': notMembers((api, { messageId }) => api.delete(`/messages/${messageId}`)),
  'GET /api/v1/messages/{}/revisions': members(200, (api, { messageId }) =>
    api.get(`/messages/${messageId}/revisions`),
  ),

  'POST /api/v1/media': anyone(201, (api) => api.call('POST', '/media', { raw: formOf(text('mine.txt')) })),
  'GET /api/v1/media': members(200, (api, { mediaId }) => api.get(`/media?ids=${mediaId}`)),
  'GET /api/v1/media/{}': members(200, (api, { mediaId }) => api.get(`/media/${mediaId}?size=small`)),
  'GET /api/v1/media/{}/{}': members(200, (api, { mediaId }) => api.get(`/media/${mediaId}/any.jpg`)),

  'OPTIONS /api/v1/media/resumable': open((api) => api.call('OPTIONS', '/media/resumable')),
  'POST /api/v1/media/resumable': anyone(201, (api) =>
    api.call('POST', '/media/resumable', { headers: { ...TUS, 'upload-length': '3' } }),
  ),
  'GET /api/v1/media/resumable/{}': onlyOwn((api, { uploadId }) => api.get(`/media/resumable/${uploadId}`)),
  // An answer to HEAD would have no body to look at.
  'HEAD /api/v1/media/resumable/{}': onlyOwn((api, { uploadId }) => asPost(api, 'HEAD', uploadId)),
  'PATCH /api/v1/media/resumable/{}': onlyOwn((api, { uploadId }) => tryPart(api, uploadId, 0, 'mine now')),
  'DELETE /api/v1/media/resumable/{}': onlyOwn((api, { uploadId }) =>
    api.call('DELETE', `/media/resumable/${uploadId}`, { headers: TUS }),
  ),
  'POST /api/v1/media/resumable/{}': onlyOwn((api, { uploadId }) => asPost(api, 'DELETE', uploadId)),

  'GET /api/v1/ws/stats': anyone(200, (api) => api.get('/ws/stats')),
  'GET /api/v1/ws/chat/{}/online': members(200, (api, { chatId }) => api.get(`/ws/chat/${chatId}/online`)),

  ...AUTH_CHAT_OPERATIONS,
  ...CHATROOM_OPERATIONS,

  'GET /api/v1/info': open((api) => api.get('/info')),
  'GET /': open((api) => api.get('/../../')),
  'GET /health': open((api) => api.get('/../../health')),
  'GET /health/live': open((api) => api.get('/../../health/live')),
  'GET /metrics': open((api) => api.get('/../../metrics')),
};

/** What a socket event does for a member who is no admin; strangers and former members are told that there is no such chat. */
export interface EventRule {
  readonly payload: (target: Target) => Record<string, unknown>;
  /** 200, or the status of the problem. None: the event has no answer. */
  readonly member: number | undefined;
}

/** Every event that clients may send. */
export const EVENTS: Record<string, EventRule> = {
  message: { payload: ({ chatId }) => ({ chat_id: chatId, content: 'from me' }), member: 200 },
  edit: { payload: ({ messageId }) => ({ message_id: messageId, content: 'mine now' }), member: 403 },
  delete: { payload: ({ messageId }) => ({ message_id: messageId }), member: 403 },
  read: { payload: ({ chatId }) => ({ chat_id: chatId, seq: 1 }), member: 200 },
  typing: { payload: ({ chatId }) => ({ chat_id: chatId, content: 'start' }), member: undefined },
  ping: { payload: ({ chatId }) => ({ chat_id: chatId }), member: undefined },
};
