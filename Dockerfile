# One image for every process of the graph; docker-compose.yml says which one runs. glibc: the planner and the embedded database
# have no musl build.
FROM node:20-slim AS build
WORKDIR /app
COPY . .
RUN npm ci && node scripts/build.mjs && npm prune --omit=dev

FROM node:20-slim
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps
WORKDIR /app
COPY --from=build --chown=root:root /app /app
USER node
EXPOSE 4000
CMD ["node", "gateway/dist/main.js"]
