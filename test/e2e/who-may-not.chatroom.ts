import { uniqueName } from '../support/people';
import { anyone, members, open, Rule } from './who-may-not.rules';

/** For whoever it is about, and nobody else. */
const self = (call: Rule['call']): Rule => ({ nobody: 401, stranger: 403, former: 403, member: 403, call });

/** Every operation of the dialect `chatroom`, tried on a chat that is by invitation. */
export const CHATROOM_OPERATIONS: Record<string, Rule> = {
  'POST /api/user': open((api) => api.post('/../user/', {})),
  'POST /api/user/login': open((api) => api.post('/../user/login', {})),
  'GET /api/user': anyone(200, (api) => api.get('/../user/')),
  'GET /api/user/{}': anyone(200, (api, { adminId }) => api.get(`/../user/${adminId}`)),
  'PUT /api/user/{}': self((api, { adminId }) => api.put(`/../user/${adminId}`, { username: uniqueName() })),
  'DELETE /api/user/{}': self((api, { adminId }) => api.delete(`/../user/${adminId}`)),
  'GET /api/chatroom': anyone(200, (api) => api.get('/../chatroom/?scope=all')),
  'POST /api/chatroom': anyone(201, (api) => api.post('/../chatroom/', { name: uniqueName() })),
  'GET /api/chatroom/{}': members(200, (api, { chatId }) => api.get(`/../chatroom/${chatId}`)),
  'POST /api/chatroom/{}/join': members(400, (api, { chatId }) => api.post(`/../chatroom/${chatId}/join`)),
  'POST /api/chatroom/{}/leave': members(200, (api, { chatId }) => api.post(`/../chatroom/${chatId}/leave`)),
  'POST /api/message': members(200, (api, { chatId }) =>
    api.post('/../message/', { chatroom: String(chatId), message: 'from me' }),
  ),
  'GET /api/message/{}': members(200, (api, { chatId }) => api.get(`/../message/${chatId}`)),
};
