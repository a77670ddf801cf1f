"""A walk through the dialect auth-chat as a client in another language takes it: httpx and python-socketio.

Usage: python3 auth_chat_walk.py http://host:port; ends with 0 and the line "walked" if all is as the contract says.
"""

import os
import queue
import sys
import traceback

import httpx
import socketio

PATIENCE = 10
PASSWORD = "correct horse battery"

base = sys.argv[1]


def expect(what, found, wanted):
    if found != wanted:
        raise SystemExit(f"{what}: expected {wanted!r}, found {found!r}")


def answered(what, answer, status):
    expect(f"{what} (status; {answer.text[:300]})", answer.status_code, status)
    return answer.json()


def newcomer(name):
    """A new account, and an HTTP client that is logged in by the form of the OAuth2 password flow."""
    client = httpx.Client(base_url=base)
    email = f"{name}@example.org"
    account = {"username": name, "email": email, "password": PASSWORD}
    user = answered("sign-up", client.post("/auth/signup", json=account), 201)
    expect("the account", {key: user[key] for key in ("username", "email")}, {"username": name, "email": email})
    form = {"username": email, "password": PASSWORD}
    token = answered("log-in", client.post("/auth/login", data=form), 200)
    expect("the kind of token", token["token_type"], "bearer")
    client.headers["Authorization"] = f"Bearer {token['access_token']}"
    expect("who I am", answered("me", client.get("/auth/users/me"), 200)["id"], user["id"])
    return client, email


class Ears:
    """A Socket.IO connection and what it hears, in order."""

    def __init__(self, client, **options):
        self.heard = queue.Queue()
        self.sio = socketio.Client(reconnection=False)
        for event in ("chat_response", "online_users", "error"):
            self.sio.on(event, lambda data, event=event: self.heard.put((event, data)))
        headers = {"Authorization": client.headers["Authorization"]}
        self.sio.connect(base, headers=headers, wait_timeout=PATIENCE, **options)

    def next(self):
        return self.heard.get(timeout=PATIENCE)

    def ask(self, event, *data):
        return self.sio.call(event, *data, timeout=PATIENCE)


def main():
    name = sys.argv[2]
    ann, ann_email = newcomer(f"ann_{name}")
    ben, ben_email = newcomer(f"ben_{name}")

    taken = {"username": "someone_else", "email": ann_email, "password": PASSWORD}
    answer = answered("a taken address", ann.post("/auth/signup", json=taken), 400)
    expect("a taken address", answer, {"detail": "Email already registered"})
    wrong = httpx.post(f"{base}/auth/token", json={"email": ann_email, "password": "wrong horse"})
    expect("a wrong password", answered("a wrong password", wrong, 401), {"detail": "Incorrect email or password"})

    room = answered("a room", ann.post("/chat/chat_rooms/", json={"name": "Walk", "members": [ben_email]}), 201)
    expect("the room", room, {"id": room["id"], "name": "Walk", "members": [ann_email, ben_email], "messages": []})

    anns = Ears(ann)
    bens = Ears(ben, socketio_path="/ws/socket.io", transports=["polling"])

    received = {"status": "received", "message": "Hello"}
    expect("the acknowledgement", anns.ask("chat_message", {"room": room["id"], "message": "Hello"}), {"ok": True, **received})
    expect("the answer", anns.next(), ("chat_response", received))
    event, response = bens.next()
    expect("what ben hears", (event, response["room_id"], response["message"]["sender"]), ("chat_response", room["id"], ann_email))

    messages = f"/chat/chat_rooms/{room['id']}/messages"
    sent = answered("a message", ben.post(messages, json={"content": "Hi", "sender": "x", "timestamp": "y"}), 201)
    expect("what both hear", (anns.next(), bens.next()), (("chat_response", {"room_id": room["id"], "message": sent}),) * 2)
    expect("the history", answered("the history", ann.get(messages), 200), [response["message"], sent])
    expect("the room now", answered("the room", ben.get(f"/chat/chat_rooms/{room['id']}"), 200)["messages"][-1], sent)

    expect("a bad message", anns.ask("chat_message", {"room": room["id"]}), {"ok": False, "message": "Invalid data"})
    expect("a bad message", anns.next(), ("error", {"message": "Invalid data"}))
    anns.sio.emit("get_online_users", {"room": room["id"]})
    expect("who is online", anns.next(), ("online_users", sorted([ann_email, ben_email])))
    expect("private chats", answered("private chats", ann.get("/chat/private_chats/"), 200), [])

    anns.sio.disconnect()
    bens.sio.disconnect()
    refusals = queue.Queue()
    stranger = socketio.Client(reconnection=False)
    stranger.on("connect_error", refusals.put)
    try:
        # The library waits so long even if it has its answer.
        stranger.connect(base, headers={"Authorization": "Bearer made-up"}, wait_timeout=2)
    except socketio.exceptions.ConnectionError:
        expect("the refusal", refusals.get(timeout=PATIENCE)["message"], "Could not validate credentials")
    else:
        raise SystemExit("a made-up token was let in")
    print("walked")


try:
    main()
except BaseException:
    # The threads of open connections would keep the process alive.
    traceback.print_exc()
    sys.stderr.flush()
    os._exit(1)
