# syntax=docker/dockerfile:1
# The server alone: what it is built with stays behind. See docs/deploy.md.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY .swcrc nest-cli.json tsconfig.json ./
COPY scripts scripts
COPY apps apps
COPY libs libs
RUN npm run build

# On its own, so that a change of the code leaves this layer as it is. Among what it leaves out is the package `node`:
# in the image, Node is the image's.
FROM ${NODE_IMAGE} AS packages
WORKDIR /packages
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --no-audit --no-fund

FROM ${NODE_IMAGE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8000 DATA_DIR=/data
WORKDIR /app
# Root's, and read-only to the server: it writes to DATA_DIR and nowhere else.
COPY --from=packages /packages/node_modules node_modules
COPY --from=build /build/dist dist
COPY package.json LICENSE ./
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 8000
# Asks no store: a restart mends a server that hangs, and not a database that is away. /health is for load balancers.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself, without npm or a shell before it: SIGTERM reaches the server, which answers what is under way and ends.
STOPSIGNAL SIGTERM
# Half of the young generation, in MiB: by itself it grows to 32 under load, and an idle server keeps them for good.
CMD ["node", "--max-semi-space-size=16", "dist/apps/server/src/main.js"]
