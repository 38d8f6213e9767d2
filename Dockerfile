# The server and the proctor worker are one image; docker-compose.yml says which command each runs.
FROM python:3.12-slim

# The last two keep OpenCV's buffers from being given back to the kernel and asked for again at every picture (2.3x).
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    EXAMSERVER_DATA=/var/lib/examserver \
    EXAMSERVER_MODELS=/opt/models \
    MALLOC_MMAP_THRESHOLD_=67108864 \
    MALLOC_TRIM_THRESHOLD_=268435456

RUN useradd --system --uid 10001 --home-dir /var/lib/examserver --create-home examserver
WORKDIR /srv/examserver

COPY requirements-postgres.txt ./
RUN pip install --require-hashes -r requirements-postgres.txt

# The weights change less often than the code: they have a layer of their own.
COPY proctor proctor
RUN python -m proctor models pull

COPY . .
RUN pip install --no-deps --no-build-isolation -e . && python -m tools.compile_locale

USER examserver
VOLUME /var/lib/examserver
EXPOSE 8000
CMD ["examserver", "serve", "--host", "0.0.0.0", "--port", "8000"]
