package org.mqttintegration.console;

import java.util.Map;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.springframework.stereotype.Component;

/**
 * Notes of people, which are Markdown, as HTML. HTML in them is text, headings are not for notes,
 * and a picture is a link to it: pages load nothing from elsewhere.
 */
@Component
public class NoteText {

  private static final Set<Class<? extends Block>> BLOCKS =
      Set.of(ListBlock.class, BlockQuote.class, FencedCodeBlock.class);

  private final Parser parser =
      Parser.builder().enabledBlockTypes(BLOCKS).postProcessor(NoteText::linkPictures).build();

  private final HtmlRenderer renderer =
      HtmlRenderer.builder()
          .escapeHtml(true)
          .sanitizeUrls(true)
          .softbreak("<br>")
          .attributeProviderFactory(context -> NoteText::addAttributes)
          .build();

  /** A note's text, safe to be put into a page. */
  public String html(String markdown) {
    return renderer.render(parser.parse(markdown));
  }

  private static void addAttributes(Node node, String tag, Map<String, String> attributes) {
    if (node instanceof Link) {
      attributes.put("rel", "nofollow noopener noreferrer");
    }
  }

  private static Node linkPictures(Node note) {
    note.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Image image) {
            Link link = new Link(image.getDestination(), image.getTitle());
            for (Node part = image.getFirstChild(); part != null; part = image.getFirstChild()) {
              link.appendChild(part);
            }
            image.insertAfter(link);
            image.unlink();
          }
        });
    return note;
  }
}
