# The page is built with everything, and only what it becomes is kept.
FROM node:24-bookworm-slim AS page
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY .env.example ./
COPY src src
RUN node src/web/build.ts

FROM node:24-bookworm-slim AS libraries
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Without scripts: Node is in the image already. Nothing optional: a library asks for TypeScript in passing.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data NODE_COMPILE_CACHE=/app/.cache
COPY --from=libraries /app/node_modules node_modules
COPY package.json ./
COPY src src
COPY templates templates
COPY --from=page /app/src/web/dist src/web/dist
RUN mkdir -p /data /app/.cache && chown node:node /data /app/.cache
USER node
# What is compiled now need not be at each start, when nothing here can be written.
RUN node --max-semi-space-size=8 --v8-pool-size=1 --expose-gc src/compile.ts
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=8", "--v8-pool-size=1", "--expose-gc", "src/bellhop.js"]
CMD ["serve"]
