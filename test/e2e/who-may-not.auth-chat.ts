import { formOf, text } from '../support/uploads';
import { anyone, members, open, Rule } from './who-may-not.rules';

/** Every operation of the dialect `auth-chat`. */
export const AUTH_CHAT_OPERATIONS: Record<string, Rule> = {
  'POST /auth/signup': open((api) => api.post('/../../auth/signup', {})),
  'POST /auth/login': open((api) => api.post('/../../auth/login', {})),
  'POST /auth/token': open((api) => api.post('/../../auth/token', {})),
  'GET /auth/users/me': anyone(200, (api) => api.get('/../../auth/users/me')),
  'POST /chat/upload_media': anyone(200, (api) =>
    api.call('POST', '/../../chat/upload_media/', { raw: formOf(text('mine.txt')) }),
  ),
  'GET /chat/private_chats': anyone(200, (api) => api.get('/../../chat/private_chats/')),
  'POST /chat/chat_rooms': anyone(201, (api) => api.post('/../../chat/chat_rooms/', { name: 'mine' })),
  'GET /chat/chat_rooms/{}': members(200, (api, { chatId }) => api.get(`/../../chat/chat_rooms/${chatId}`)),
  'GET /chat/chat_rooms/{}/messages': members(200, (api, { chatId }) =>
    api.get(`/../../chat/chat_rooms/${chatId}/messages`),
  ),
  'POST /chat/chat_rooms/{}/messages': members(201, (api, { chatId }) =>
    api.post(`/../../chat/chat_rooms/${chatId}/messages`, { content: 'from me' }),
  ),
};
