# The API and the worker. PostgreSQL, Neo4j and Redis are services of their own (docker-compose.yml).
FROM node:24-bookworm-slim AS console
WORKDIR /source/console
COPY console/package.json console/package-lock.json console/.npmrc ./
RUN npm ci --ignore-scripts --omit=dev
COPY schema.graphql /source/
COPY console ./
RUN CONSOLE_OUT=/built npm run build

FROM python:3.11-slim-bookworm AS build
WORKDIR /source
RUN python -m venv /opt/uv && python -m venv /opt/creatorgraph
COPY requirements/uv.txt requirements/
RUN /opt/uv/bin/python -m pip install --no-cache-dir --require-hashes -r requirements/uv.txt
COPY requirements/services.txt requirements/
RUN /opt/uv/bin/uv pip install --no-cache --python /opt/creatorgraph/bin/python --compile-bytecode \
    --require-hashes -r requirements/services.txt
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY migrations migrations
COPY creatorgraph creatorgraph
COPY --from=console /built creatorgraph/api/console
RUN /opt/uv/bin/uv pip install --no-cache --python /opt/creatorgraph/bin/python --compile-bytecode \
    --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin creatorgraph \
    && install -d -o creatorgraph -g creatorgraph -m 0700 /data
COPY --from=build /opt/creatorgraph /opt/creatorgraph
ENV PATH=/opt/creatorgraph/bin:$PATH PYTHONUNBUFFERED=1 CREATORGRAPH_DATA_DIR=/data CREATORGRAPH_PROFILE=production
USER creatorgraph
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
ENTRYPOINT ["creatorgraph"]
CMD ["serve", "--host", "0.0.0.0"]
