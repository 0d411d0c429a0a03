# Muster as a container: `docker build -t muster .`; see docs/operations.md.
# Where images must be the same to the byte, name the base by its digest: python:3.11-slim-trixie@sha256:…
# as `docker buildx imagetools inspect python:3.11-slim-trixie` gives it, and renew it with each security fix.

FROM python:3.11-slim-trixie AS packages
RUN python -m venv /venv
COPY requirements.lock /tmp/requirements.lock
# Wheels alone: nothing is compiled, and nobody's set-up script runs.
RUN /venv/bin/python -m pip install --no-cache-dir --only-binary :all: --require-hashes -r /tmp/requirements.lock

FROM python:3.11-slim-trixie
RUN groupadd --gid 10001 muster \
    && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin muster
COPY --from=packages /venv /venv
WORKDIR /muster
COPY app.py alembic.ini ./
COPY actions actions
COPY bot bot
COPY cards cards
COPY dialogs dialogs
COPY migrations migrations
COPY storage storage
# Compiled now, since the code is read only later; var/ is all that lasts.
RUN python -m compileall -q . && install -d -o 10001 -g 10001 -m 0700 var
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MUSTER_HOST=0.0.0.0 \
    PORT=3978
USER 10001:10001
VOLUME /muster/var
EXPOSE 3978
STOPSIGNAL SIGTERM
# Whether it lives; a load balancer asks /readyz whether it can serve.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import http.client, os; c = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=4); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"]
# Brings the database's schema up to date, then serves.
CMD ["python", "app.py"]
