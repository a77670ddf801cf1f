// Run once, by the image, when the store is empty: the server's own log-in, which may do nothing but read and write.
const { MONGODB_PASSWORD } = process.env;
db.getSiblingDB('chat').createUser({
  user: 'chat',
  pwd: MONGODB_PASSWORD,
  roles: [{ role: 'readWrite', db: 'chat' }],
});
