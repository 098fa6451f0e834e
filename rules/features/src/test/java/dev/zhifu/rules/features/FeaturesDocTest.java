package dev.zhifu.rules.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FeaturesDocTest {
  private static final Path PAGE = Path.of("../../docs/features.md");

  @Test
  void everyFeatureOfTheContractIsDeclaredWithEntityWindowAndMeaning() {
    assertThat(FeatureDeclarations.all())
        .hasSizeGreaterThan(30)
        .allSatisfy(feature -> assertThat(feature.meaning()).isNotBlank())
        .allSatisfy(feature -> assertThat(feature.window()).isNotBlank());
  }

  @Test
  void thePageSaysWhatTheCodeSays() throws IOException {
    String made = FeatureDeclarations.markdown();
    if (Boolean.getBoolean("zhifu.docs.write")) {
      Files.writeString(PAGE, made);
    }

    assertThat(Files.readString(PAGE))
        .as(
            "docs/features.md is stale; make it with: mvn -Pfast -pl rules/features -am package"
                + " -Dtest=FeaturesDocTest -DargLine=-Dzhifu.docs.write=true")
        .isEqualTo(made);
  }
}
