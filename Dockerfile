# One file for every service: docker build --build-arg MODULE=identity-service -t rebound/identity .
# MODULE is the folder of the module: ingest-service, identity-service, segmentation-service,
# capi-sync-service, catalog-feed-service, whatsapp-service or meta-sandbox.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
ARG MODULE
RUN --mount=type=cache,target=/root/.m2 \
    mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true -pl "$MODULE" -am package && \
    java -Djarmode=tools -jar "$MODULE"/target/*-exec.jar extract --layers --launcher --destination /app

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --no-create-home rebound
WORKDIR /app
# what changes least comes first, so that a new version is a small layer
COPY --from=build /app/dependencies/ ./
COPY --from=build /app/spring-boot-loader/ ./
COPY --from=build /app/snapshot-dependencies/ ./
COPY --from=build /app/application/ ./
USER 10001
# more carriers than cores: a virtual thread that waits for a class to be loaded keeps its carrier
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=70 -Djdk.virtualThreadScheduler.parallelism=16 --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
ENTRYPOINT ["java", "org.springframework.boot.loader.launch.JarLauncher"]
