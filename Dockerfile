# The exporter (docs/serve.md). Build: docker build -t tollgate .
FROM node:24.11.1-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY bin bin
COPY lib lib
COPY lambdas lambdas
RUN npm run -s bundle:serve

FROM node:24.11.1-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /build/.cache/serve/serve.cjs serve.cjs
# The folder of serve.dataDir; a volume that is mounted here must be writable by this user.
RUN install -d -o 10001 -g 10001 -m 0700 /data
USER 10001:10001
VOLUME /data
EXPOSE 9464
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9464/-/healthy').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--enable-source-maps", "serve.cjs", "--host", "0.0.0.0", "--data-dir", "/data"]
