package io.rebound.capisync.tokens;

import io.rebound.meta.TokenStore;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of access tokens, sealed. */
@Repository
class TokenTable implements TokenStore {
  private final JdbcClient jdbc;

  TokenTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<String, String> all() {
    var all = new HashMap<String, String>();
    jdbc.sql("select name, sealed from meta_token")
        .query(row -> {
          all.put(row.getString("name"), row.getString("sealed"));
        });
    return all;
  }

  @Override
  public void keep(String name, String sealed) {
    jdbc.sql(
            """
            insert into meta_token (name, sealed, put_at) values (:name, :sealed, now())
            on conflict (name) do update set sealed = excluded.sealed, put_at = excluded.put_at
            """)
        .param("name", name)
        .param("sealed", sealed)
        .update();
  }
}
